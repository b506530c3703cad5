import * as fc from 'fast-check';
import { readZip, type ZipEntry } from '../../../../runtime/serve/functions/unzip';
import { type Packed, zipOf } from './zip';

const shown = (entry: ZipEntry) =>
  entry.kind === 'file' ? { path: entry.path, text: entry.bytes().toString('utf8'), mode: entry.mode } : entry;
const readAll = (archive: Buffer) => readZip(archive).map(shown);

const part = fc.stringMatching(/^[\w ä-]{1,8}$/);
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const file = fc.record({ name: path, content: fc.string({ maxLength: 300 }), stored: fc.boolean() });

describe('zip archives', () => {
  test('give back what was packed', () => {
    fc.assert(
      fc.property(fc.array(file, { maxLength: 8 }), fc.string({ maxLength: 20 }), (files, comment) => {
        const expected = files.map(({ name, content }) => ({
          path: name,
          text: Buffer.from(content).toString('utf8'),
          mode: 0o644,
        }));
        expect(readAll(zipOf(files, comment))).toEqual(expected);
      }),
    );
  });

  test('are read or refused with a sentence, however they are damaged', () => {
    const files = [
      { name: 'a/index.js', content: 'exports.handler = async () => 1;\n'.repeat(9) },
      { name: 'b', content: 'x', stored: true },
    ];
    const whole = zipOf(files);
    const damaged = fc
      .tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(whole.length), fc.boolean())
      .map(([at, value, cut, cuts]) => {
        const bytes = Buffer.from(whole);
        bytes[at] = value;
        return cuts ? bytes.subarray(0, cut) : bytes;
      });
    fc.assert(
      fc.property(damaged, (archive) => {
        try {
          readAll(archive);
        } catch (error) {
          expect((error as Error).message).toMatch(/^(it|its|"|the link)/);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(['../up', 'a/../../up', '/etc/passwd', 'a\\..\\up', 'C:/x', 'c:x', 'nul\0l', '.', 'a/..', ''])(
    'with the entry %j are refused',
    (name) => {
      expect(() => readZip(zipOf([{ name, content: 'x' }]))).toThrow(/would be outside of its folder$/);
    },
  );

  test.each([
    ['a', '..'],
    ['a', '/etc'],
    ['a/b', '../../x'],
    ['a/b', 'x/../../../y'],
    ['a', 'b/..'],
    ['a', ''],
  ])('with a link from %j to %j are refused', (name, target) => {
    expect(() => readZip(zipOf([{ name, content: target, mode: 0o120777 }]))).toThrow(/^the link "a(\/b)?" leads out/);
  });

  test('keep links that stay inside, folders and the modes of programs', () => {
    const entries: Packed[] = [
      { name: 'bin/', mode: 0o040755 },
      { name: 'bin/run', content: '#!/bin/sh', mode: 0o100755 },
      { name: 'bin/go', content: '../lib/go', mode: 0o120777 },
      { name: 'bin/up', content: '..', mode: 0o120777 },
    ];
    expect(readAll(zipOf(entries))).toEqual([
      { kind: 'folder', path: 'bin' },
      { path: 'bin/run', text: '#!/bin/sh', mode: 0o755 },
      { kind: 'link', path: 'bin/go', target: '../lib/go' },
      { kind: 'link', path: 'bin/up', target: '..' },
    ]);
  });

  test.each<[string, Packed[], RegExp]>([
    ['more than fits', [{ name: 'a', content: 'x', size: 262_144_001 }], /^it unpacks to more than 250 MB$/],
    [
      'more than fits in sum',
      [0, 1, 2].map((i) => ({ name: `${i}`, content: 'x', size: 90_000_000 })),
      /^it unpacks to more than 250 MB$/,
    ],
    ['more than they say', [{ name: 'a', content: 'x'.repeat(10_000), size: 10 }], /^"a" is damaged$/],
    ['other bytes than they say', [{ name: 'a', content: 'x', crc: 1 }], /^"a" is damaged$/],
    ['something encrypted', [{ name: 'a', content: 'x', flags: 1 }], /^"a" is encrypted$/],
    [
      'another compression',
      [{ name: 'a', content: 'x', method: 12 }],
      /^"a" is compressed in a way that is not read \(12\)$/,
    ],
  ])('with %s are refused', (_what, entries, message) => {
    expect(() => readAll(zipOf(entries))).toThrow(message);
  });

  test('whose directory leads elsewhere are refused', () => {
    const archive = zipOf([{ name: 'a', content: 'x', stored: true }]);
    archive.writeUInt32LE(0, 0);
    expect(() => readAll(archive)).toThrow(/^"a" is not where its directory says$/);
  });

  test.each([Buffer.alloc(0), Buffer.from('no zip'), Buffer.alloc(100_000)])('are told from other files', (bytes) => {
    expect(() => readZip(bytes)).toThrow('it is not a zip archive');
  });
});
