import * as fs from 'node:fs';
import * as path from 'node:path';
import { kindsDocument } from './kinds-document';

fs.writeFileSync(path.join(__dirname, '../docs/kinds.md'), kindsDocument());
