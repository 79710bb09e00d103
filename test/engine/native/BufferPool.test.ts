import { describe, expect, it } from 'vitest';
import { BufferPool, bucketSize } from '../../../src-main/engine/native/BufferPool.ts';

describe('BufferPool', () => {
  it('hands out the buffer that was released, for any request of its size class', () => {
    const pool = new BufferPool(1 << 20);
    const buffer = pool.take(5000);
    pool.release(buffer);
    expect(pool.idleBytes).toBe(buffer.byteLength);
    expect(pool.take(buffer.byteLength - 1)).toBe(buffer);
    expect(pool.idleBytes).toBe(0);
  });

  it('never gives the same buffer to two holders', () => {
    const pool = new BufferPool(1 << 20);
    pool.release(pool.take(4096));
    expect(pool.take(4096)).not.toBe(pool.take(4096));
  });

  it('drops the idle buffers of the least recently used size when the limit is passed', () => {
    const pool = new BufferPool(10_000);
    const [first, second, third] = [pool.take(4096), pool.take(5120), pool.take(2048)];
    for (const buffer of [first, second, third]) pool.release(buffer);
    expect(pool.idleBytes).toBe(5120 + 2048);
    expect(pool.take(4096)).not.toBe(first);
  });

  it('keeps neither small buffers nor buffers beyond its limit', () => {
    const pool = new BufferPool(4096);
    pool.release(pool.take(100));
    pool.release(pool.take(8192));
    expect(pool.idleBytes).toBe(0);
  });
});

describe('bucketSize', () => {
  it('is exact for small requests and wastes at most a quarter of large ones', () => {
    expect(bucketSize(0)).toBe(0);
    expect(bucketSize(1023)).toBe(1023);
    for (let bytes = 1024; bytes < 1e9; bytes = Math.ceil(bytes * 1.37)) {
      const size = bucketSize(bytes);
      expect(size).toBeGreaterThanOrEqual(bytes);
      expect(size).toBeLessThanOrEqual(bytes * 1.25 + 4);
      expect(size % 4).toBe(0);
    }
  });
});
