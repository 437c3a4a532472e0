// A small WebGL program of our own inside the map: what both layers of incidents need.

export function compile(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) throw new Error('the map has lost its drawing context')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(gl.getProgramInfoLog(program) ?? 'a shader does not link')
  }
  return program
}

/** From here on it draws. Not a hook of React, in spite of its name. */
export function switchTo(gl: WebGL2RenderingContext, program: WebGLProgram): void {
  // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's own name
  gl.useProgram(program)
}

/**
 * The map's matrix for positions that are counted from an origin: multiplied in double precision, so that nothing trembles
 * at high zooms.
 */
export function matrixFrom(matrix: ArrayLike<number>, x: number, y: number): Float32Array {
  const moved = Float64Array.from(matrix)
  for (let row = 0; row < 4; row++) moved[12 + row]! += moved[row]! * x + moved[4 + row]! * y
  return Float32Array.from(moved)
}
