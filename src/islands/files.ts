const units = ['kilobyte', 'megabyte', 'gigabyte']

/** "214 kB" in the language of the page; decimal units, as the server counts. */
export function sizeInWords(bytes: number) {
  const power = bytes < 1e6 ? 0 : bytes < 1e9 ? 1 : 2
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: 'unit',
    unit: units[power],
    maximumFractionDigits: power && 1,
  }).format(Math.max(bytes / 1000 ** (power + 1), 1))
}

/** Browsers call every pasted picture image.png; the time tells them apart. Other files keep their names. */
export const screenshotsNamed = (files: FileList, now = new Date()) =>
  [...files].map((file, index) => {
    if (!/^image\.\w+$/.test(file.name)) return file
    const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000 + index * 1000)
    const [date, time] = local.toISOString().slice(0, 19).replace(/[-:]/g, '').split('T')
    return new File([file], `screenshot-${date}-${time}.${file.name.split('.').pop()}`, { type: file.type })
  })
