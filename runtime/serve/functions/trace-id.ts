import { randomBytes } from 'node:crypto';

/** Made in stock: each call needs one. */
let stock = '';
const hex = (length: number): string => {
  if (stock.length < length) stock = randomBytes(2048).toString('hex');
  const taken = stock.slice(0, length);
  stock = stock.slice(length);
  return taken;
};

/** A tracing header as Lambda gives it to functions that are not traced. */
export function traceId(): string {
  const time = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${time}-${hex(24)};Parent=${hex(16)};Sampled=0`;
}
