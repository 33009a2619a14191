// A week of shifts: dragging one to another day sends the same form as the page behind its "Move" button.
// Without this script the buttons do everything; a touch screen has the buttons alone.
const week = document.querySelector('[data-week]');
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const note of document.querySelectorAll('[data-zone]')) {
  note.hidden = note.dataset.zone === here;
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

const send = (shift, day) => {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = shift.dataset.move;
  const values = {
    csrf_token: week.dataset.token,
    version: shift.dataset.version,
    day,
    start: shift.dataset.start,
    end: shift.dataset.end,
  };
  for (const [name, value] of Object.entries(values)) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
};

if (week && week.dataset.token && window.matchMedia('(pointer: fine)').matches) {
  let dragged = null;
  const shifts = [...week.querySelectorAll('[data-move]')];
  const days = [...week.querySelectorAll('[data-day]')];
  const mark = (target) => days.forEach((day) => day.classList.toggle('is-target', day === target));

  for (const shift of shifts) {
    shift.draggable = true;
    shift.addEventListener('dragstart', (event) => {
      dragged = shift;
      shift.classList.add('is-dragged');
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', '');
    });
    shift.addEventListener('dragend', () => {
      shift.classList.remove('is-dragged');
      mark(null);
      dragged = null;
    });
  }
  for (const day of days) {
    day.addEventListener('dragover', (event) => {
      if (!dragged || dragged.closest('[data-day]') === day) return;
      event.preventDefault();
      mark(day);
    });
    day.addEventListener('drop', (event) => {
      event.preventDefault();
      if (dragged && dragged.closest('[data-day]') !== day) send(dragged, day.dataset.day);
    });
  }
  const hint = document.querySelector('[data-drag-hint]');
  if (hint) hint.hidden = false;
}
