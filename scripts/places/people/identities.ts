// Numbers that look like a person's or a firm's and can be nobody's.
import type { Random } from '../place.ts'

/**
 * A telephone number of eleven digits from 128. Mobile numbers in China begin with 13 to 19; numbers from 12 are short
 * ones of three to six digits (12345, 12306), so none of eleven digits is ever given to a subscriber.
 */
export const phoneOf = (random: Random): string =>
  `128${String(Math.floor(random.next() * 1e8)).padStart(8, '0')}`

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECKS = '10X98765432'

/** The last character that GB 11643 asks for after these 17 digits. */
export function idCheckOf(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (seventeen.charCodeAt(i) - 48) * ID_WEIGHTS[i]!
  return ID_CHECKS[sum % 11]!
}

/** Numbers of one sex that a county can give to those born on one day. */
const ORDERS = 500
/** Without a common divisor with their number: all come by before one comes again. */
const ORDER_STEP = 137

/** Identity numbers of a place, no two alike. */
export class IdNumbers {
  readonly #last = new Map<number, number>()

  /**
   * An identity number whose last character is wrong, so that it is no living person's.
   * @param day of birth, yyyymmdd
   */
  next(county: string, day: string, male: boolean, random: Random): string {
    const sex = male ? 1 : 0
    const key = Number(county + day) * 2 + sex
    const drawn = Math.floor(random.next() * ORDERS)
    const last = this.#last.get(key)
    const order = last === undefined ? drawn : (last + ORDER_STEP) % ORDERS
    this.#last.set(key, order)
    const seventeen = county + day + String(order * 2 + sex).padStart(3, '0')
    const right = ID_CHECKS.indexOf(idCheckOf(seventeen))
    return seventeen + ID_CHECKS[(right + 1 + Math.floor(random.next() * 10)) % 11]!
  }
}

const CREDIT_DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** The last character that GB 32100 asks for after these 17. */
export function creditCheckOf(seventeen: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += CREDIT_DIGITS.indexOf(seventeen[i]!) * CREDIT_WEIGHTS[i]!
  return CREDIT_DIGITS[(31 - (sum % 31)) % 31]!
}

/** A unified social credit code of an enterprise, with a wrong last character. */
export function creditCodeOf(county: string, random: Random): string {
  let seventeen = `91${county}`
  for (let i = 0; i < 9; i++) seventeen += CREDIT_DIGITS[Math.floor(random.next() * 31)]!
  const right = CREDIT_DIGITS.indexOf(creditCheckOf(seventeen))
  return seventeen + CREDIT_DIGITS[(right + 1 + Math.floor(random.next() * 30)) % 31]!
}
