// A secure door for phones in the same network: what comes in by TLS goes on to the server on this machine as it is.
// `node phone.mjs KEY CERTIFICATE PORT TO`
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createServer } from 'node:tls';

const [key, cert, port, to] = process.argv.slice(2);
const door = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (phone) => {
  const server = connect(Number(to), '127.0.0.1');
  const hangUp = () => {
    phone.destroy();
    server.destroy();
  };
  for (const side of [phone, server]) side.on('error', hangUp).on('close', hangUp);
  phone.pipe(server).pipe(phone);
});
// Browsers try the self-made certificate, and give up until somebody says that it is all right.
door.on('tlsClientError', () => {});
door.on('error', (error) => {
  console.error(String(error));
  process.exit(1);
});
door.listen(Number(port), '0.0.0.0');
// Whoever started it is gone.
process.stdin.on('end', () => process.exit(0)).resume();
