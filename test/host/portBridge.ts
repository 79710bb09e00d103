import type { MessagePortMain } from 'electron';
import { MessagePortStandIn } from './messageChannelMain.ts';

/** What crosses between two processes for their ports. */
type Crossing =
  { readonly port: number; readonly data: unknown } | { readonly port: number; readonly closed: true };

/** Carries message ports over to another process, over the one connection that there is to it. */
export class PortBridge {
  readonly #send: (message: Crossing) => void;
  readonly #near = new Map<number, MessagePortMain | MessagePortStandIn>();
  /** What came for a port before the message that it was transferred with. */
  readonly #early = new Map<number, Crossing[]>();
  #carried = 0;

  constructor(send: (message: Crossing) => void) {
    this.#send = send;
  }

  /** Takes a port that is transferred to the other process. @returns its number there */
  carry(port: MessagePortMain): number {
    const id = ++this.#carried;
    this.#connect(id, port);
    return id;
  }

  /** The port of that number, on the side that it was transferred to. */
  port(id: number): MessagePortStandIn {
    const [near, far] = MessagePortStandIn.entangled();
    this.#connect(id, far);
    const early = this.#early.get(id) ?? [];
    this.#early.delete(id);
    for (const crossing of early) this.receive(crossing);
    return near;
  }

  /** Takes a message of the connection when it belongs to a port. @returns whether it did */
  receive(message: unknown): boolean {
    if (typeof message !== 'object' || message === null || !('port' in message)) return false;
    const crossing = message as Crossing;
    const near = this.#near.get(crossing.port);
    if (!near) this.#early.set(crossing.port, [...(this.#early.get(crossing.port) ?? []), crossing]);
    else if ('closed' in crossing) near.close();
    else near.postMessage(crossing.data);
    return true;
  }

  /** The other process has gone. */
  closeAll(): void {
    for (const port of this.#near.values()) port.close();
  }

  #connect(id: number, port: MessagePortMain | MessagePortStandIn): void {
    this.#near.set(id, port);
    port.on('message', ({ data }: { data: unknown }) => this.#send({ port: id, data }));
    port.on('close', () => {
      this.#near.delete(id);
      this.#send({ port: id, closed: true });
    });
    port.start();
  }
}
