import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GroovyFile } from './groovy/GroovyTree.ts';
import { hasGroovy, parseGroovy } from './groovy/parseGroovy.ts';
import { computedCommands, readPipeline } from './model/readPipeline.ts';

/** A whole pipeline that is right; each wrong one below is this with one part replaced. */
const RIGHT = `pipeline {
  agent { node { label 'docker'; customWorkspace 'here' } }
  options {
    disableConcurrentBuilds()
    timeout(time: 2, unit: 'HOURS')
  }
  triggers { pollSCM('H/15 * * * *') }
  parameters { string(name: 'TARGET', defaultValue: '', description: 'wanted') }
  environment { NAME = 'digits' }
  stages {
    stage('Train') {
      options { lock(label: 'gpu', quantity: 1) }
      when { allOf { expression { fileExists('a') }
        not { environment(name: 'NAME', value: 'x') } } }
      steps {
        sh 'sh train.sh'
        retry(count: 2, conditions: [agent(), nonresumable()]) { dir('x') { sh(script: 'make', label: 'm') } }
        script { if (env.NAME == 'x') { unstable('low') } }
      }
      post { always { junit(testResults: 'a.xml', allowEmptyResults: true) } }
    }
  }
  post { cleanup { emailext(subject: 's', body: 'b', to: 'a@b.c') } }
}
`;

const WRONG: readonly (readonly [string, string, string, string])[] = [
  ['Groovy that does not parse', `stage('Train') {`, `stage('Train' {`, 'unexpected token'],
  ['no agent', `agent { node { label 'docker'; customWorkspace 'here' } }`, '', 'pipeline lacks agent'],
  ['an unknown agent', `node {`, 'machine {', 'There is no agent machine'],
  ['an agent without what it needs', `label 'docker'; `, '', 'node lacks label'],
  ['an unknown section', 'triggers {', 'trigger {', 'pipeline has no section trigger'],
  ['a section that is there twice', `environment {`, `environment { B = 'b' }\nenvironment {`, 'pipeline has environment twice'],
  ['an empty section', `disableConcurrentBuilds()\n    timeout(time: 2, unit: 'HOURS')`, '', 'options is empty'],
  ['an unknown option', 'disableConcurrentBuilds()', 'noConcurrentBuilds()', 'options has no noConcurrentBuilds'],
  ['an option without what it needs', `timeout(time: 2, unit: 'HOURS')`, `timeout(unit: 'HOURS')`, 'timeout lacks time'],
  [
    'an option of a pipeline in a stage',
    `lock(label: 'gpu', quantity: 1)`,
    'disableConcurrentBuilds()',
    'options has no disableConcurrentBuilds',
  ],
  ['an unknown trigger', 'pollSCM(', 'poll(', 'triggers has no poll'],
  ['a trigger without a schedule', `'H/15 * * * *'`, '', 'pollSCM takes one text'],
  ['a parameter of which the name is no text', `name: 'TARGET'`, 'name: 1', 'The name of string is no text'],
  ['a time that is no number', `retry(count: 2`, 'retry(count: 99999999999', 'count of retry cannot be'],
  ['a parameter without a name', `string(name: 'TARGET', `, 'string(', 'string lacks name'],
  ['an argument that a parameter has not', 'description:', 'help:', 'string has no argument help'],
  ['a variable that is no identifier', `NAME = 'digits'`, `'na-me' = 'digits'`, 'constant expression'],
  ['a variable that is no text', `NAME = 'digits'`, `NAME = ['a']`, 'NAME is neither a text nor what a call returns'],
  ['no stages', `stages {`, `steps {`, 'pipeline has no section steps'],
  ['a stage without a name', `stage('Train')`, 'stage()', 'A stage has one name'],
  [
    'two stages of a name',
    `stage('Train') {`,
    `stage('Train') { steps { echo 'a' } }\nstage('Train') {`,
    'There are two stages Train',
  ],
  [
    'a stage that does nothing',
    `post { always {`,
    `stages { stage('B') { steps { echo 'b' } } }\npost { always {`,
    'A stage has one of',
  ],
  ['an unknown condition', 'expression {', 'expressions {', 'when has no condition expressions'],
  [
    'a condition around too much',
    `not { environment(name: 'NAME', value: 'x') }`,
    `not { branch('a')\nbranch('b') }`,
    'not holds 2 conditions',
  ],
  ['a condition without what it needs', `, value: 'x'`, '', 'environment lacks value'],
  ['an unknown step', `sh 'sh train.sh'`, `shell 'sh train.sh'`, 'Nobody looked up the step shell'],
  ['an argument that a step has not', `label: 'm'`, `name: 'm'`, 'sh has no argument name'],
  ['a step without what it needs', `testResults: 'a.xml', `, '', 'junit lacks testResults'],
  ['a step without its block', `dir('x') { sh(script: 'make', label: 'm') }`, `dir('x')`, 'dir needs block'],
  ['Groovy among steps', `sh 'sh train.sh'`, 'def a = 1', 'This is no step'],
  ['a directive among steps', `sh 'sh train.sh'`, `parameters { string(name: 'A') }`, 'parameters is no step'],
  ['a method of an object among steps', `sh 'sh train.sh'`, 'env.getEnvironment()', 'This is no step'],
  ['a constructor in a script block', `unstable('low')`, `new File('/etc/passwd').text`, 'ConstructorCallExpression is more'],
  ['a post condition that is none', 'cleanup {', 'finally {', 'unexpected token'],
  ['an unknown post condition', 'always {', 'afterwards {', 'post has no section afterwards'],
  ['an annotation that fetches', 'pipeline {', `@Grab('a:b:1')\nimport a.B\npipeline {`, '@Grab runs'],
];

const COMPUTED: readonly (readonly [string, boolean])[] = [
  [`sh 'echo "$NAME"'`, false],
  [`sh '''echo it's''' `, false],
  ['sh "echo fine"', true],
  ['sh "echo ${env.NAME}"', true],
  [`sh(script: "echo $NAME", returnStdout: true)`, true],
  [`sh('echo ' + env.NAME)`, true],
  ['sh(/echo x/)', true],
];

describe.skipIf(!hasGroovy)('the check of a pipeline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hone-structure-'));
  let trees: readonly GroovyFile[] = [];
  beforeAll(() => {
    const wrong = WRONG.map(([, part, by]) => RIGHT.replace(part, by));
    const computed = COMPUTED.map(([step]) => RIGHT.replace(`sh 'sh train.sh'`, step));
    const paths = [RIGHT, ...wrong, ...computed].map((text, index) => {
      const path = join(folder, `${index}.groovy`);
      writeFileSync(path, text);
      return path;
    });
    trees = parseGroovy(paths);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const treeAt = (index: number): GroovyFile => trees[index] ?? { file: '', errors: [{ message: 'absent', line: 0 }] };

  test('passes one that is right', () => {
    expect(readPipeline(treeAt(0)).problems).toEqual([]);
    expect(readPipeline(treeAt(0)).pipeline).toMatchObject({ stages: [{ name: 'Train' }], environment: [{ name: 'NAME' }] });
  });

  test.each(WRONG.map(([what, part, , message], index) => [what, index, part, message] as const))(
    'finds %s',
    (_, index, part, message) => {
      expect(RIGHT).toContain(part);
      const { problems } = readPipeline(treeAt(index + 1));
      expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
    },
  );

  test.each(COMPUTED.map(([step, found], index) => [step, found, index] as const))('%s: computed is %s', (_, found, index) => {
    const tree = treeAt(1 + WRONG.length + index);
    expect(tree.errors).toEqual([]);
    expect(computedCommands(tree).length > 0).toBe(found);
  });
});
