// A row of tabs that is wider than a phone begins where the reader is, and not at its first tab.
export function segments(root) {
  for (const here of root.querySelectorAll(".segment > [aria-current], .views > [aria-current]")) {
    const row = here.parentElement
    if (row.scrollWidth <= row.clientWidth) continue
    const at = here.getBoundingClientRect(), frame = row.getBoundingClientRect()
    row.scrollLeft += at.left - frame.left - (frame.width - at.width) / 2
  }
}
