/** The middle and the ends. */
export const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return {
    median: sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
    low: sorted[0],
    high: sorted.at(-1)
  }
}

export const percentile = (sorted, of) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))]
