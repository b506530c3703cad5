#!/usr/bin/env bash
# jsii-rosetta 6.0.17: a template literal with braces or a percent sign is translated into a text that the other language reads differently.
# Expected: the same text in each language: `{proxy+}` in an f-string is written `{{proxy+}}`, and a percent sign in a format `%%`.
# Actual: they are copied. Python and C# take `{proxy+}` for an expression, and Java's `String.format` takes "% u" for a conversion; there
# is no diagnostic, and paths and ARNs of API Gateway are often such texts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts jsii-rosetta@6.0.17 >/dev/null 2>&1
cat >snippet.ts <<'TS'
const region = 'eu-west-1';
const route = `GET /{proxy+} of ${region}: 80 % used`;
TS
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION="$(node -p 'process.versions.node.split(".")[0]')"
for language in python csharp java; do
  npx jsii-rosetta snippet --language "$language" snippet.ts 2>&1 | grep -e 'proxy' -e '^!! ' | sed "s/^/$language: /"
done | tee seen.txt
diff seen.txt - <<'EXPECTED'
python: route = f"GET /{proxy+} of {region}: 80 % used"
csharp: var route = $"GET /{proxy+} of {region}: 80 % used";
java: String route = String.format("GET /{proxy+} of %s: 80 % used", region);
EXPECTED
echo 'as described'
