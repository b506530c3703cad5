import { rmSync } from 'node:fs';

export default function teardown(): void {
  if (process.env.APIGW_TEST_TMPDIR) rmSync(process.env.APIGW_TEST_TMPDIR, { recursive: true, force: true });
}
