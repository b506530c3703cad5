import { type S3Client } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { DEFINITION_KEY } from '../../lib/facts/own-resources';
import { FakeBuckets } from '../support/fake-aws/s3';
import { type FakeServer } from '../support/fake-http';
import { type Json } from '../support/stacks';
import { clientOf, eventOf, handlerOf } from './deployed';

/** A version of an app: the asset, and what the deployment makes of its value. */
interface Version {
  readonly asset: string;
  readonly value: string;
}

/** Where an operation fails, or that it does not. */
type Failure = 'policy' | 'definition' | 'api' | 'later' | undefined;

/** What is not documented, or may go wrong on the way back. */
interface Unknowns {
  /** Whether the custom resource is asked on a rollback, though `continue-update-rollback` may skip it. */
  readonly isAskedBack: boolean;
  /** Whether each request is delivered twice, as Lambda may do. */
  readonly isTwice: boolean;
}

/** A stack with an API, as CloudFormation updates it: the policy, the custom resource, the API, and something after it. */
class Deployed {
  /** What the API has imported. */
  imported?: Json;
  private version?: Version;
  private location?: string;
  private allowed: string[] = [];

  constructor(
    private readonly buckets: FakeBuckets,
    private readonly client: S3Client,
    private readonly unknowns: Unknowns,
  ) {}

  async deploy(next: Version, failure: Failure): Promise<boolean> {
    const { version, location, allowed } = this;
    this.buckets.objects.set(`b/${keyOf(next)}`, JSON.stringify({ is: next.asset, uri: '%{Fn.Arn}' }));
    try {
      if (failure === 'policy') throw new Error(failure);
      // As the policy in the template; the old one is gone with it.
      this.allowed = [`GET b/${keyOf(next)}`, `PUT b/${keyOf(next)}.*`];
      const key = await this.ask(version ? 'Update' : 'Create', next, version);
      if (failure === 'definition') throw new Error(failure);
      this.import(key);
      if (failure !== undefined) throw new Error(failure);
      [this.version, this.location] = [next, key];
      return true;
    } catch (error) {
      if ((error as Error).message !== failure) throw error;
      this.allowed = allowed;
      if (version && this.unknowns.isAskedBack) await this.ask('Update', version, next);
      if (location !== undefined) this.import(location);
      else {
        await this.ask('Delete', next);
        this.imported = undefined;
      }
      return false;
    }
  }

  private async ask(type: 'Create' | 'Update' | 'Delete', next: Version, old?: Version): Promise<string> {
    const properties = ({ value, ...one }: Version): Json => ({
      Bucket: 'b',
      Key: keyOf(one),
      Values: { 'Fn.Arn': value },
    });
    this.buckets.allowed = this.allowed;
    const { handle } = handlerOf(this.client);
    const event = eventOf(type, properties(next), old && properties(old));
    if (this.unknowns.isTwice) await handle(event);
    const result = await handle(event);
    return String(result?.data?.[DEFINITION_KEY]);
  }

  /** CloudFormation reads the object when it creates or updates the API, in a rollback too. */
  private import(key: string): void {
    const content = this.buckets.objects.get(`b/${key}`);
    if (content === undefined) throw new Error(`${key} is not in the bucket`);
    this.imported = JSON.parse(content);
  }
}

const keyOf = ({ asset }: Pick<Version, 'asset'>) => `${asset.repeat(64)}.json`;

const version = fc.record({ asset: fc.constantFrom('a', 'b', 'c'), value: fc.constantFrom('fn-1', 'fn-2') });
const failure = fc.constantFrom<Failure>(undefined, undefined, 'policy', 'definition', 'api', 'later');
const unknowns = fc.record({ isAskedBack: fc.boolean(), isTwice: fc.boolean() });

let buckets: FakeBuckets;
let server: FakeServer;
let client: S3Client;

beforeEach(async () => {
  buckets = new FakeBuckets();
  server = await buckets.serve();
  client = clientOf(server.url);
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

test('whatever fails, the API has what the last deployment that worked gave it', async () => {
  const steps = fc.array(fc.tuple(version, failure, fc.constantFrom(0, 1)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(steps, unknowns, async (deployments, how) => {
      buckets.objects.clear();
      // Two stacks with the same definitions, in one bucket.
      const stacks = [0, 1].map(() => new Deployed(buckets, client, how));
      const worked: (Version | undefined)[] = [undefined, undefined];
      for (const [next, fails, index] of deployments) {
        if (await stacks[index].deploy(next, fails)) worked[index] = next;
        stacks.forEach(({ imported }, at) => {
          const last = worked[at];
          expect(imported).toEqual(last && { is: last.asset, uri: last.value });
        });
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
