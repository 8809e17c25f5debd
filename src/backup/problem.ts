/** Exit codes of `npm run backup` and `npm run restore`, as docs/operate.md lists them. */
const EXIT = { usage: 2, passphrase: 3, damaged: 4, notEmpty: 5, newer: 6, incomplete: 7 }

/** What stops a backup or a restore: a sentence for the operator, and the exit code of its kind. */
export class BackupProblem extends Error {
  readonly exitCode: number
  constructor(kind: keyof typeof EXIT, sentence: string) {
    super(sentence)
    this.exitCode = EXIT[kind]
  }
}
