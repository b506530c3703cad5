import { createHash } from 'node:crypto';

/** The function that returns what a module exports; a readable name would be a fifth of the files. */
export const accessorOf = (name) =>
  `$${parseInt(createHash('sha256').update(name).digest('hex').slice(0, 8), 16).toString(36)}$`;
