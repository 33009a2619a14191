// A form that came back with errors: the summary takes focus, so that it is read first.
// Its links put the cursor into the field, not merely near it.
const box = document.querySelector('[data-error-summary]');
if (box) {
  box.focus();
  box.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    const group = field.closest('.field, .ask, .week-day') ?? field;
    group.scrollIntoView({ block: 'start' });
  });
}
