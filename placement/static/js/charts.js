// A chart is one stop for the Tab key; the arrow keys walk along its points.
// Without this the last point is still reachable, and the table below holds them all.
const moves = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

document.addEventListener('keydown', (event) => {
  const here = event.target.closest?.('.chart .dot');
  if (!here) return;
  const dots = [...here.ownerSVGElement.querySelectorAll('.dot')];
  let at = dots.indexOf(here);
  if (event.key in moves) at += moves[event.key];
  else if (event.key === 'Home') at = 0;
  else if (event.key === 'End') at = dots.length - 1;
  else return;
  event.preventDefault();
  const next = dots[Math.min(Math.max(at, 0), dots.length - 1)];
  here.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
});
