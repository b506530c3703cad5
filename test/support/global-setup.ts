import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the run a temp folder of its own, so that no cdk.out is left behind, and bundles the Lambda code. */
export default function setup(): void {
  process.env.APIGW_TEST_TMPDIR = mkdtempSync(join(tmpdir(), 'apigw-test-'));
  // On Windows os.tmpdir() looks at the other two.
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = process.env.APIGW_TEST_TMPDIR;
  execFileSync(process.execPath, [join(__dirname, '../../scripts/build-assets.mjs')], { stdio: 'inherit' });
}
