// The CloudFormation engine costs seconds per test file: the tests that are about it call it themselves.
process.env.CDK_VALIDATION = 'false';
process.env.CDK_DISABLE_STACK_TRACE = '1';
// Lambda code runs on Node.js 22; the tests also on 20, which the SDK says a word about in each file.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
