const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte']

/** "214 kB" in the language of the page; decimal units, as the server counts. */
export function sizeInWords(bytes: number) {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: 'unit',
    unit: units[power],
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power)
}

/** Browsers call every pasted picture image.png; the time tells them apart. Other files keep their names. */
export const screenshotsNamed = (files: FileList, now = new Date()) =>
  [...files].map((file, index) => {
    if (!/^image\.\w+$/.test(file.name)) return file
    const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000 + index * 1000)
    const [date, time] = local.toISOString().slice(0, 19).replace(/[-:]/g, '').split('T')
    return new File([file], `screenshot-${date}-${time}.${file.name.split('.').pop()}`, { type: file.type })
  })
