import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** The Python that jsii makes of the library. */
function generated(): string {
  const out = mkdtempSync(join(tmpdir(), 'python-'));
  try {
    const pacmak = require.resolve('jsii-pacmak/bin/jsii-pacmak');
    execFileSync(process.execPath, [pacmak, '--code-only', '--targets', 'python', '--outdir', out, ROOT], {
      stdio: 'pipe',
    });
    return readFileSync(join(out, 'python/src/cdk_apigateway_constructs/__init__.py'), 'utf8');
  } finally {
    rmSync(out, { recursive: true });
  }
}

describe('in Python', () => {
  const python = generated();
  const classOf = (name: string): string => {
    const found = new RegExp(`^class ${name}\\([^]*?(?=^class |^[@_a-z])`, 'm').exec(python)?.[0];
    if (found === undefined) throw new Error(`there is no class ${name}`);
    return found;
  };

  test.each(
    ['Rest', 'Http', 'WebSocket'].flatMap((kind) => [
      [`${kind}Integration`, `I${kind}IntegrationContext`],
      [`${kind}Authorizer`, 'IAuthorizerContext'],
    ]),
  )('%s is an abstract class, and bind the method to write', (name, context) => {
    const body = classOf(name);
    expect(body).toContain('metaclass=jsii.JSIIAbstractClass');
    expect(body).toMatch(/def __init__\(self\) -> None:/);
    expect(body).toMatch(
      new RegExp(
        `@abc\\.abstractmethod\\n +def bind\\(\\s*self,\\s*context: "${context}",?\\s*\\) -> "${name}Config":`,
      ),
    );
    expect(classOf(context)).toContain('typing_extensions.Protocol');
  });

  test('the subclass of the guide writes what is there', () => {
    const [, source = ''] =
      /^```python\n([^]*?)^```$/m.exec(readFileSync(join(ROOT, 'docs/extending.md'), 'utf8')) ?? [];
    const [, base] = /class \w+\(apigw\.(\w+)\):\n +def bind\(self, context\):/.exec(source) ?? [];
    expect(classOf(base)).toContain('@abc.abstractmethod');
    const [, struct, given = ''] = /return apigw\.(\w+)\(\n([^]*?)^ +\)$/m.exec(source) ?? [];
    const [, parameters = ''] = /def __init__\(([^]*?)\) -> None:/.exec(classOf(struct)) ?? [];
    const names = [...given.matchAll(/^ +(\w+)=/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) expect(parameters).toMatch(new RegExp(`\\b${name}:`));
    const [, enumeration, member] = /apigw\.(\w+)\.([A-Z_0-9]+)/.exec(given) ?? [];
    expect(classOf(enumeration)).toContain(`${member} = "${member}"`);
  });
});
