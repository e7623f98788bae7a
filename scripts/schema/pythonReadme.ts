import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../testing/tool";

/** The README of the Python package, with the program that docs/languages.md shows. */
export function pythonReadme(description: string): string {
  const page = readFileSync(join(root, "docs/languages.md"), "utf8");
  const [, program] = /<!-- program: python -->\n+```python\n([^]*?)```/.exec(page) ?? [];
  if (program === undefined) throw new Error("docs/languages.md has no Python program.");
  return `# pulumi_apify

${description}

\`\`\`python
${program}\`\`\`

It needs the plugin \`apify\` of the same version, and Node.js 20 or later, which runs the plugin. The token of your Apify
account is the configuration \`apify:token\`, or the environment variable \`APIFY_TOKEN\`.
`;
}
