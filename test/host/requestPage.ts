import { request } from 'node:http';

/** Asks a server on this computer for a file of the window's page. Its policy is left out: it lets the page follow its sources. */
export function requestPage(server: string, path: string): Promise<Response> {
  return new Promise((settle, reject) => {
    request(new URL(path, server), (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const headers = { 'content-type': answer.headers['content-type'] ?? 'application/octet-stream' };
        settle(
          new Response(Buffer.concat(chunks), {
            status: answer.statusCode ?? 500,
            headers: { ...headers, 'cache-control': 'no-store' },
          }),
        );
      });
    })
      .on('error', reject)
      .end();
  });
}
