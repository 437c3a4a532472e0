// The part of fs-native-extensions that we use; the package brings no types.
declare module 'fs-native-extensions' {
  const native: {
    tryLock(file: number, offset?: number, length?: number): boolean
    unlock(file: number, offset?: number, length?: number): void
  }
  export default native
}
