/* Gives each frame of the catalogue the height of its sample. Without it, frames scroll.
   Loaded as a module: Wagtail has scripts in the head, before there are frames. */
for (const frame of document.querySelectorAll(".sample__frame")) {
  const fit = () => {
    const main = frame.contentDocument?.querySelector("main");
    if (main) frame.style.blockSize = `${main.scrollHeight + 16}px`;
  };
  frame.addEventListener("load", fit);
  fit();
}
