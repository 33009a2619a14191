// What is being filled in stays in this window until it is sent: a reload or a wrong tap loses nothing.
// Kept per shift and per version of what was sent before; gone with the window, and once it has arrived.
const PREFIX = 'placement-card-draft:';

const read = (key) => {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
};
const drop = (shift) => {
  try { sessionStorage.removeItem(PREFIX + shift); } catch { /* no storage: nothing was kept */ }
};

export const values = (form) => [...new FormData(form)]
  .filter(([name, value]) => !['csrf_token', 'key', 'shift', 'by'].includes(name) && typeof value === 'string');

export const fill = (form, pairs) => {
  const left = new Map();
  for (const [name, value] of pairs) left.set(name, [...(left.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!left.has(field.name) || field.type === 'hidden') continue;
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = left.get(field.name).includes(field.value);
    else if (left.get(field.name).length) field.value = left.get(field.name).shift();
    if (field.value && field.type !== 'radio') field.closest('details')?.setAttribute('open', '');
  }
};

const box = document.querySelector('[data-draft]');
const form = box?.querySelector('form');
if (form) {
  const key = PREFIX + box.dataset.draft;
  const seen = form.elements.seen?.value ?? '';
  const kept = read(key);
  const note = document.createElement('p');
  note.className = 'soft small';
  note.setAttribute('role', 'status');
  form.querySelector('.send')?.before(note);
  const failed = document.querySelector('[data-error-summary], [role="alert"]');
  if (kept && kept.seen === seen && !failed) {
    fill(form, kept.values);
    note.textContent = box.dataset.draftWords;
  } else if (kept && kept.seen !== seen) drop(box.dataset.draft);
  const keep = () => {
    try {
      sessionStorage.setItem(key, JSON.stringify({ seen, values: values(form) }));
      note.textContent = box.dataset.draftWords;
    } catch { note.textContent = ''; }
  };
  form.addEventListener('input', keep);
  form.addEventListener('change', keep);
}
const sent = document.querySelector('[data-draft-sent]');
if (sent) drop(sent.dataset.draftSent);
