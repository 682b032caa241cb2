// `npm run test:faults`: the faults at many more moments than `npm test` tries.
process.env.HONE_FAULT_MOMENTS ??= '50';
process.argv.push('faults');
await import('./test.mjs');
