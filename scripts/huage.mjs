#!/usr/bin/env node
// The `huage` command: checks Node, builds what is missing or older than its sources, and hands over to the bundle.
const NEEDED = [20, 20]
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `Huage needs Node.js ${NEEDED.join('.')} or newer; this is ${process.versions.node}. 请安装 Node.js ${NEEDED.join('.')} 或更新版本。`,
  )
  process.exit(1)
}

const { buildClientApart, buildServer } = await import('./build.mjs')
const argv = process.argv.slice(2)
const serving = argv[0] === 'serve'
// The page is built in a process of its own while the database opens.
const page = serving ? buildClientApart() : undefined
const { main } = await import((await buildServer()).href)
process.exitCode = await main(argv, { page })
