/** `node --import` this file in a forked process: it then has Electron's process.parentPort. */
const parentPort = {
  postMessage: (message: unknown): void => {
    if (process.connected) process.send?.(message);
  },
  on: (event: 'message', listener: (event: { data: unknown; ports: never[] }) => void): void => {
    process.on(event, (data: unknown) => listener({ data, ports: [] }));
  },
};
Object.defineProperty(process, 'parentPort', { value: parentPort });
// Electron's utility processes end with their main process, however that dies.
process.on('disconnect', () => process.exit());
