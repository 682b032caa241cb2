// `npm run soak -- --minutes N`: studies side by side under a random killer; a table at the end.
const at = process.argv.indexOf('--minutes');
const minutes = at === -1 ? '60' : process.argv[at + 1];
if (!/^[1-9]\d*$/.test(minutes ?? '')) {
  console.error('Say how long: npm run soak -- --minutes 60');
  process.exit(2);
}
process.env.HONE_SOAK_MINUTES = minutes;
process.argv.splice(2, process.argv.length, 'soak');
await import('./test.mjs');
