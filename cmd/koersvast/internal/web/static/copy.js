// A button with data-copy puts the text of a field on the clipboard, and says
// so for a moment.
document.addEventListener('click', async e => {
  const button = e.target.closest('[data-copy]')
  if (!button) return
  const field = document.getElementById(button.dataset.copy)
  try {
    await navigator.clipboard.writeText(field.value)
  } catch { // not allowed, or not over https: what is selected can be copied
    field.select()
    return
  }
  const label = button.textContent
  button.textContent = button.dataset.copied
  setTimeout(() => { button.textContent = label }, 2000)
})
