// One screen on a phone: what comes after the most urgent section is closed.
// Without this, everything is open.
(() => {
  if (!window.matchMedia('(max-width: 40rem)').matches) return;
  const named = document.getElementById(window.location.hash.slice(1));
  let isPast = false;
  document.querySelectorAll('.board details').forEach((part) => {
    part.open = !isPast || part.parentElement === named;
    isPast ||= part.parentElement.matches('.board-section');
  });
})();
