// The files in .github/ name codes, categories, pages, files, scripts and packages, all of which can change.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { intersects } from 'semver';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { RULES } from '../lib/classify/rules.js';
import { ERRORS } from '../lib/errors.js';
import { failureReportSchema } from '../lib/schema.js';
import { createTestSigner } from '../lib/testing.js';

interface Form {
  body: {
    type: string;
    id?: string;
    attributes: { label?: string; value?: string; options?: string[] };
  }[];
}

interface Job {
  needs?: string;
  permissions?: Record<string, string>;
  steps: { id?: string; uses?: string; run?: string }[];
}

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

interface Update {
  'package-ecosystem': string;
  ignore?: { 'dependency-name': string; versions: string[] }[];
}

interface Manifest {
  scripts: Record<string, string>;
  workspaces: string[];
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readForm = (name: string): Form => parse(read(`.github/ISSUE_TEMPLATE/${name}`));
const readManifest = (folder: string): Manifest => JSON.parse(read(join(folder, 'package.json')));
const { scripts, workspaces } = readManifest('.');

function optionsOf(form: Form, id: string): string[] | undefined {
  return form.body.find((field) => field.id === id)?.attributes.options;
}

describe.each(readdirSync(join(root, '.github/ISSUE_TEMPLATE')))('the issue form %s', (name) => {
  it('leads to pages that exist', () => {
    const form = read(`.github/ISSUE_TEMPLATE/${name}`);
    const links = [...form.matchAll(/\]\((.*?)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      // Relative to /OWNER/NAME/issues/new, where GitHub shows the form.
      const [, page = 'no page'] = /^\.\.\/blob\/HEAD\/(.*)$/.exec(link) ?? [];
      expect(existsSync(join(root, page)), link).toBe(true);
    }
  });

  it('has an id and a label for each answer, and says that all can read it', () => {
    const { body } = readForm(name);
    const answers = body.filter(({ type }) => type !== 'markdown');
    expect(new Set(answers.map(({ id }) => id)).size).toBe(answers.length);
    for (const { type, attributes } of answers) {
      expect(['dropdown', 'input', 'textarea']).toContain(type);
      expect(attributes.label).toMatch(/./);
    }
    expect(body[0]?.attributes.value).toContain('Everyone can read this issue.');
  });
});

describe('the issue form on categories', () => {
  const form = readForm('wrong-category.yml');

  it.each(['category', 'expected'])('offers those of the package as %s', (id) => {
    const categories = new Set(RULES.map(({ category }) => category));
    expect(optionsOf(form, id)?.toSorted()).toEqual([...categories].toSorted());
  });

  it('asks for the fields that decide, by their names', () => {
    const fields = form.body.flatMap(({ id = '' }) =>
      id in failureReportSchema.properties ? id : [],
    );
    expect(fields.toSorted()).toEqual(['code', 'description', 'extended', 'state']);
  });
});

describe('the issue form on refused calls', () => {
  it('offers the codes of the package', () => {
    expect(optionsOf(readForm('refused-call.yml'), 'code')).toEqual(Object.keys(ERRORS));
  });

  it('tells for each signed header whether to take it out', () => {
    const { headers } = createTestSigner({ account: 'account-1234' }).sign('');
    const [, names = ''] = /headers="(.*?)"/.exec(headers.Signature ?? '') ?? [];
    const form = read('.github/ISSUE_TEMPLATE/refused-call.yml');
    const rows = [...form.matchAll(/^ *\| `(.*?)` \|/gm)].map(([, name]) => name);
    const secret = ['(request-target)', 'host', 'x-copernica-id', 'digest'];
    expect(rows.slice(0, secret.length)).toEqual(secret);
    const [rest = ''] = /The rest is needed.*/.exec(form) ?? [];
    const known = [...rest.matchAll(/`(.*?)`/g)].map(([, name]) => name);
    expect(secret.filter((name) => known.includes(name))).toEqual([]);
    expect([...secret, ...known]).toEqual(expect.arrayContaining(names.toLowerCase().split(' ')));
  });
});

const workflows = readdirSync(join(root, '.github/workflows')).map((name) => {
  const workflow: Workflow = parse(read(`.github/workflows/${name}`));
  return { name, steps: Object.values(workflow.jobs).flatMap(({ steps }) => steps) };
});

describe('the workflows', () => {
  it.each(workflows)('name scripts and files that exist in $name', ({ steps }) => {
    const commands = steps.flatMap(({ run }) => run ?? []).join('\n');
    for (const [, script = ''] of commands.matchAll(/npm run (?:-\S+ )*([\w:-]+)/g)) {
      expect(scripts).toHaveProperty([script]);
    }
    const files = commands.match(/(?<![\w./])(?:\.ci|examples|lib|test)\/[\w./-]+/g) ?? [];
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('use the same version of an action', () => {
    const actions = new Set(
      workflows.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? [])),
    );
    const names = [...actions].map((action) => action.replace(/@.*/, ''));
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  });
});

describe('the release workflow', () => {
  const { permissions, jobs }: Workflow = parse(read('.github/workflows/release.yml'));

  it('publishes once the repository, the version and all checks are right', () => {
    expect(jobs.publish?.needs).toBe('pack');
    expect(jobs.pack?.needs).toBe('check');
    expect(jobs.check?.steps.at(-1)?.run).toBe('.ci/run');
    expect(jobs.check).toMatchObject({
      needs: 'ready',
      if: "needs.ready.outputs.publish == 'true'",
    });
  });

  it('has an id-token only in the job that publishes, which runs no code of the project', () => {
    expect(permissions).toEqual({ contents: 'read' });
    const more = Object.entries(jobs).filter(([, job]) => job.permissions);
    expect(more.map(([name, job]) => [name, job.permissions])).toEqual([
      ['publish', { 'id-token': 'write' }],
    ]);
    const { steps = [] } = jobs.publish ?? {};
    expect(steps.map(({ uses, run }) => (uses ?? run)?.replace(/@.*/, ''))).toEqual([
      'actions/setup-node',
      'actions/download-artifact',
      'npm publish ./copernica-failures-*.tgz --provenance --ignore-scripts',
    ]);
  });

  const repository = { type: 'git', url: 'git+https://git.example.com/failures.git' };
  const version = '1.2.3';

  it.each([
    [
      'publishes',
      'v1.2.3',
      { version, repository },
      { status: 0, output: 'publish=true\n', stdout: '' },
    ],
    [
      'publishes nothing, and says so in a line, without a repository',
      'v1.2.3',
      { version },
      { status: 0, output: '', stdout: expect.stringMatching(/^::notice::.*`repository`\.\n$/) },
    ],
    [
      'fails, and says so in a line, if the tag is not the version',
      'v1.2.4',
      { version, repository },
      {
        status: 1,
        output: '',
        stdout: expect.stringMatching(/^::error::.*v1\.2\.4.* 1\.2\.3\.\n$/),
      },
    ],
  ])('%s: %s', (_, tag, manifest, expected) => {
    const script = jobs.ready?.steps.find(({ id }) => id === 'ready')?.run ?? '';
    expect(runIn(manifest, script, tag)).toEqual({ ...expected, stderr: '' });
  });
});

/** Runs a script as GitHub does, beside a package.json. */
function runIn(manifest: object, script: string, tag: string) {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    const file = join(folder, 'output');
    writeFileSync(file, '');
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    const env = { ...process.env, GITHUB_REF_NAME: tag, GITHUB_OUTPUT: file };
    const ended = spawnSync('bash', ['-e', '-c', script], { cwd: folder, env, encoding: 'utf8' });
    const { status, stdout, stderr } = ended;
    return { status, stdout, stderr, output: readFileSync(file, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('Dependabot', () => {
  const { updates }: { updates: Update[] } = parse(read('.github/dependabot.yml'));
  const ignored = updates
    .flatMap(({ ignore = [] }) => ignore)
    .map(({ 'dependency-name': name, versions }) => ({ name, versions }));
  const ranges = ['.', ...workspaces]
    .map(readManifest)
    .flatMap((manifest) =>
      Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }),
    );

  it('updates packages and actions', () => {
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
    expect(ignored.length).toBeGreaterThan(0);
  });

  it.each(ignored)(
    'ignores versions of $name that no package.json asks for',
    ({ name, versions }) => {
      const used = ranges.filter(([dependency]) =>
        name.endsWith('*') ? dependency.startsWith(name.slice(0, -1)) : dependency === name,
      );
      expect(used.length).toBeGreaterThan(0);
      const asked = used.filter(([, range]) =>
        versions.some((version) => intersects(range, version)),
      );
      expect(asked).toEqual([]);
    },
  );
});
