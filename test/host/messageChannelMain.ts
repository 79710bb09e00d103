import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';

/** One end of a channel between two processes; what is sent before the other end is started waits. */
export class MessagePortStandIn
  extends EventEmitter
  implements Pick<MessagePortMain, 'postMessage' | 'start' | 'close'>
{
  #other: MessagePortStandIn | null = null;
  #waiting: unknown[] | null = [];
  #open = true;

  static entangled(): [MessagePortStandIn, MessagePortStandIn] {
    const [a, b] = [new MessagePortStandIn(), new MessagePortStandIn()];
    a.#other = b;
    b.#other = a;
    return [a, b];
  }

  postMessage(message: unknown): void {
    if (this.#open && this.#other) this.#other.#arrive(message);
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const data of waiting) this.emit('message', { data, ports: [] });
    if (!this.#open) this.emit('close');
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#other?.close();
    // Electron tells both ends.
    if (!this.#waiting) this.emit('close');
  }

  #arrive(data: unknown): void {
    if (this.#waiting) this.#waiting.push(data);
    else this.emit('message', { data, ports: [] });
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortStandIn;
  readonly port2: MessagePortStandIn;

  constructor() {
    [this.port1, this.port2] = MessagePortStandIn.entangled();
  }
}
