import * as fs from 'node:fs';
import * as path from 'node:path';
import { rulesDocument } from '../lib/checks/document';
import { ruleExamples } from './rule-examples';

fs.writeFileSync(path.join(__dirname, '../docs/rules.md'), rulesDocument(ruleExamples()));
