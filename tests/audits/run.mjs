// Runs the GraphQL over HTTP server audits against a live server and says which failed.
//
//   AUDIT_TOKEN=… node tests/audits/run.mjs http://127.0.0.1:8080/graphql
//
// Each request carries the bearer token and no other header of ours. Exits 1 unless all pass.
import { serverAudits } from 'graphql-http';

const [url] = process.argv.slice(2);
const token = process.env.AUDIT_TOKEN;
if (!url || !token) {
  console.error('usage: AUDIT_TOKEN=… node tests/audits/run.mjs <url>');
  process.exit(2);
}

function withToken(input, init = {}) {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  return fetch(input, { ...init, headers });
}

let failed = 0;
const audits = serverAudits({ url, fetchFn: withToken });
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== 'ok') {
    failed += 1;
    console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
  }
}
console.log(`${audits.length - failed} of ${audits.length} audits passed`);
process.exit(failed === 0 ? 0 : 1);
