// What all applications answer, so that only the adapters differ.

export const TYPES = [
  'image/png',
  'application/pdf',
  'application/octet-stream',
  'application/zip',
  'font/woff2',
  'audio/mpeg',
];

/** The signature of PNG files, and each byte once: bytes that are no UTF-8 text. */
export const BYTES = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  Buffer.from(Array.from({ length: 256 }, (_, index) => index)),
]);

/** A session, and one that ends at a date, which contains a comma. */
export const COOKIES = ['a=1; Path=/; HttpOnly', 'b=2; Expires=Wed, 21 Oct 2037 07:28:00 GMT'];

export const CHUNKS = ['one ', 'two ', 'three'];

export const MESSAGE = 'the password of the database is wrong';

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
