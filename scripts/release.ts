// `npx tsx scripts/release.ts v1.2.0`: whether tag, package.json and CHANGELOG agree; prints the notes of the release.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { releaseNotes } from './release-notes';

const read = (file: string) => readFileSync(join(__dirname, '..', file), 'utf8');
const version = (file: string) => (JSON.parse(read(file)) as { version: string }).version;

try {
  process.stdout.write(
    releaseNotes({
      tag: process.argv[2] ?? '',
      version: version('package.json'),
      lockVersion: version('package-lock.json'),
      changelog: read('CHANGELOG.md'),
    }),
  );
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
