// What a page is asked in the browser. Evaluated as one expression: an object of questions.
// Nothing here adds a <style> or a style attribute: the page's own policy would stop it.
(() => {
  const name = (element) => {
    const text = (element.getAttribute("aria-label") || element.innerText || element.name || "")
      .trim().replace(/\s+/g, " ").slice(0, 30);
    const kind = typeof element.className === "string" ? element.className.split(" ")[0] : "";
    return `${element.localName}${kind && `.${kind}`} “${text}”`;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  // Hidden for eyes only: a pixel wide, or cut away.
  const forEarsOnly = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return (width <= 1 && height <= 1) || getComputedStyle(element).clipPath === "inset(50%)";
  };
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const CONTROLS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const controls = () =>
    all(CONTROLS).filter((one) => shown(one) && !one.disabled && one.tabIndex >= 0);
  // A link in running text: its size is that of the line (WCAG 2.5.8, exception "inline").
  const isInText = (element) => {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    const around = element.parentElement.closest("p, li, dd, dt, td, th, figcaption, address, h2, h3");
    return Boolean(around) && around.innerText.trim().length > element.innerText.trim().length;
  };
  // A link whose ::after covers the card around it can be hit anywhere on the card.
  const card = (element) => {
    const style = getComputedStyle(element, "::after");
    if (style.content === "none" || style.position !== "absolute") return [];
    return getComputedStyle(element).position === "static" ? [element.offsetParent] : [element];
  };
  const area = (element) => {
    const boxes = [element, ...(element.labels ?? []), ...card(element)].filter(shown)
      .map((one) => one.getBoundingClientRect());
    return {
      width: Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left)),
      height: Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top)),
    };
  };
  const isOutlined = (style) =>
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  // How the inside of a drawing looks.
  const strokes = (element) =>
    [...element.querySelectorAll("*")].map((part) => {
      const { stroke, strokeWidth, fill, textDecorationLine } = getComputedStyle(part);
      return [stroke, strokeWidth, fill, textDecorationLine].join();
    }).join("|");
  const SPACING = new CSSStyleSheet();
  SPACING.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);

  return {
    // Everything that can be opened is: what is inside counts too.
    open: () => all("details:not([open])").forEach((one) => { one.open = true; }),
    isWide: () => document.documentElement.scrollWidth > innerWidth,
    smallTargets: () =>
      controls().filter((one) => !forEarsOnly(one) && !isInText(one))
        .map((one) => [one, area(one)])
        .filter(([, { width, height }]) => Math.min(width, height) < 43.5)
        .map(([one, { width, height }]) => `${name(one)} ${Math.round(width)}×${Math.round(height)}`),
    cutBySpacing: () => {
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, SPACING];
      const found = all("body *").filter((one) => {
        const style = getComputedStyle(one);
        if (style.overflow === "visible" || !shown(one) || forEarsOnly(one)) return false;
        if (!one.innerText?.trim() || ["auto", "scroll"].includes(style.overflowX)) return false;
        return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
      }).map((one) => `cut: ${name(one)}`);
      if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== SPACING);
      return found;
    },
    // Called after a key was pressed, so that :focus-visible holds.
    invisibleFocus: () => {
      const seen = new Set();
      const found = controls().filter((one) => {
        const kind = [one.localName, one.getAttribute("class"), one.parentElement.className].join();
        if (seen.has(kind)) return false;
        seen.add(kind);
        const before = strokes(one);
        one.focus({ preventScroll: true, focusVisible: true });
        const drawn = [one, ...(one.labels ?? [])].some((part) => isOutlined(getComputedStyle(part)))
          || isOutlined(getComputedStyle(one, "::after"))
          || (one instanceof SVGElement && strokes(one) !== before);
        return !drawn || forEarsOnly(one);
      }).map(name);
      document.activeElement.blur();
      return found;
    },
    // Scrolled to by the focus, something must not lie over it entirely (WCAG 2.4.11).
    coveredFocus: () => {
      const found = controls().filter((one) => {
        one.focus({ focusVisible: true });
        const seen = [one, ...(one.labels ?? [])].filter((part) => !forEarsOnly(part))
          .flatMap((part) => [...part.getClientRects()]);
        return seen.length > 0 && !seen.some((box) => [0.1, 0.5, 0.9].some((x) =>
          [0.1, 0.5, 0.9].some((y) => {
            const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
            return top && (top.contains(one) || one.contains(top)
              || [...(one.labels ?? [])].some((label) => label.contains(top)));
          })));
      }).map(name);
      document.activeElement.blur();
      scrollTo(0, 0);
      return found;
    },
    moving: () =>
      all("body, body *").filter((one) => {
        const style = getComputedStyle(one);
        const longest = (value) => Math.max(...value.split(",").map(parseFloat));
        return longest(style.transitionDuration) > 0.01
          || (style.animationName !== "none" && longest(style.animationDuration) > 0.01);
      }).map(name).concat(
        getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["scrolls smoothly"] : [],
      ),
    // Forced colours take backgrounds away: a button without a border is plain text then.
    withoutEdge: () =>
      all("button, .button, input:not([type=hidden]), select, textarea")
        .filter((one) => shown(one) && !forEarsOnly(one))
        .filter((one) => {
          if (["checkbox", "radio"].includes(one.type)) return false;
          const style = getComputedStyle(one);
          return style.borderBottomStyle === "none" || parseFloat(style.borderBottomWidth) < 1;
        }).map(name),
    refusableForm: () => {
      const form = document.querySelector("main form[method=post]");
      // The one that can be seen and sends the whole form, where others have a name.
      const buttons = [...(form?.querySelectorAll("button:not([type=button], [aria-hidden])") ?? [])];
      const button = buttons.find((one) => !one.name) ?? buttons[0];
      // One without fields refuses nothing: it deletes, or ends a session.
      const fields = [...(form?.elements ?? [])].filter((one) =>
        shown(one) && !["hidden", "submit", "button"].includes(one.type));
      if (!button || !fields.length) return false;
      form.noValidate = true;
      button.setAttribute("data-probe", "");
      return true;
    },
    axe: async (options) =>
      (await axe.run(document, options)).violations.flatMap((violation) =>
        violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}`)),
  };
})()
