/* Gives each frame of the catalogue the height of its sample. Without it, frames scroll. */
for (const frame of document.querySelectorAll(".sample__frame")) {
  const fit = () => {
    const main = frame.contentDocument?.querySelector("main");
    if (main) frame.style.blockSize = `${main.scrollHeight + 16}px`;
  };
  frame.addEventListener("load", fit);
  fit();
}
