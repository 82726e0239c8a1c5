/* Wagtail's page editor, for people who write once a month: it waits for its own saving and for the
   last letters before it sends the form, says aloud when saving by itself fails, shows the first error, and counts
   letters. Without it the form works as well; nothing here decides anything. */
(() => {
  const WAIT = 10000; // milliseconds; then the form is sent all the same
  const { offline, left: someLeft, tooMany } = document.currentScript.dataset;
  // The page says already that somebody saved meanwhile, and waits for a decision.
  const ASKED = "input[name=replaces-revision]";
  const editor = () => document.querySelector("form[data-edit-form]");

  // --- Sending right after the last keystroke ---------------------------------------------------
  // Draftail writes into the form's field 250 milliseconds after a text was changed, and offers no
  // way to have it done at once (Wagtail: CommentableEditor). Sent before, the form lost the rest.
  const HANDED_ON = 600; // it counts from what React has heard of, later than the key
  let changed = -HANDED_ON;
  ["beforeinput", "input", "keydown", "paste", "drop", "click"].forEach((kind) =>
    document.addEventListener(
      kind,
      ({ target }) => {
        if (target.closest?.("[data-draftail-editor-wrapper]")) changed = performance.now();
      },
      true,
    ),
  );
  const untilHandedOn = () => Math.max(0, changed + HANDED_ON - performance.now());

  // --- Sending while the editor saves by itself -------------------------------------------------
  // Sent in that moment, a new page met its own first version: "this address is taken".
  let saving = false;
  let leaving = false;
  let waiting = null;

  const sendNow = () => {
    if (!waiting) return;
    const { form, timer, name, value } = waiting;
    waiting = null;
    saving = false;
    clearTimeout(timer);
    if (name) {
      const button = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(button);
    }
    form.requestSubmit();
  };

  // What the form held when it was sent: Wagtail takes what it holds when the answer comes for what
  // was saved. What was typed meanwhile it would neither save by itself nor warn of.
  const OF_THE_SERVER = /^(csrfmiddlewaretoken|loaded_revision|overwrite_revision_id|next$|comments-)/;
  let sent = new Map();
  const held = (data) => {
    const names = [...data.keys()].filter((name) => !OF_THE_SERVER.test(name));
    const said = (value) => (value instanceof File ? `${value.name} ${value.size}` : value);
    return new Map(names.map((name) => [name, data.getAll(name).map(said).join("\n")]));
  };
  const wasChangedSince = (form, answered) => {
    const now = held(new FormData(form));
    const isOther = (name) => sent.has(name) && sent.get(name) !== now.get(name);
    return [...now.keys()].some((name) => isOther(name) && !(name in answered));
  };

  document.addEventListener("w-autosave:save", (event) => {
    if (leaving || waiting) event.preventDefault();
    // Others may prevent it as well.
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      saving = true;
      sent = held(event.detail.formData);
    });
  });

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form !== editor()) return;
      const wait = saving ? WAIT : untilHandedOn();
      if (wait || waiting) {
        event.preventDefault();
        event.stopImmediatePropagation();
        const { name, value } = event.submitter || {};
        if (!waiting) waiting = { form, name, value, timer: setTimeout(sendNow, wait) };
        return;
      }
      // At once: what was typed meanwhile is saved by itself as soon as the last saving has ended,
      // before a timer runs, and the form would meet that.
      leaving = true;
      setTimeout(() => {
        leaving = !event.defaultPrevented;
      });
    },
    true,
  );

  // --- What the server knows of this window -----------------------------------------------------
  const remember = (form, name, value) => {
    const inputs = form.querySelectorAll(`input[name=${name}]`);
    inputs.forEach((input) => (input.value = value));
    if (!inputs.length)
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  };

  document.addEventListener("w-autosave:success", ({ detail }) => {
    const form = editor();
    const { revision_id: id, revision_created_at: created } = detail.data || {};
    const answered = detail.data?.field_updates || {};
    if (form && id) {
      remember(form, "loaded_revision_id", id);
      remember(form, "loaded_revision_created_at", created);
    }
    if (form && wasChangedSince(form, answered)) form.dataset.wUnsavedForceValue = "true";
    saving = false;
    tell("");
    sendNow();
  });

  // --- What is typed at once ---------------------------------------------------------------------
  // Wagtail takes what the form holds some seconds after it was shown for what was there before:
  // what was typed until then it would neither save by itself nor warn of.
  let typed = false;
  let watched = false;
  document.addEventListener("beforeinput", ({ target }) => {
    if (editor()?.contains(target)) typed = true;
  });
  document.addEventListener("w-unsaved:add", () => (watched = true));
  document.addEventListener("w-unsaved:watch-edits", ({ target }) => {
    if (typed && !watched && target === editor()) target.dataset.wUnsavedForceValue = "true";
  });

  // --- Saving failed ----------------------------------------------------------------------------
  const tell = (text) => {
    let box = document.getElementById("saving-failed");
    if (!text) {
      box?.remove();
      return;
    }
    if (!box) {
      box = document.createElement("div");
      box.id = "saving-failed";
      box.className = "help-block help-critical";
      box.setAttribute("role", "alert");
      editor()?.prepend(box);
    }
    if (box.textContent !== text) box.textContent = text;
  };

  document.addEventListener("w-autosave:error", ({ detail }) => {
    saving = false;
    if (detail.type === "network_error") tell(offline);
    else if (detail.type !== "validation_error" && !document.querySelector(ASKED)) tell(detail.text);
    sendNow();
  });

  // --- Errors ------------------------------------------------------------------------------------
  // The first field that is wrong may stand on a tab that is not shown.
  const FIELD = "input:not([type=hidden]), textarea, select, [contenteditable=true]";
  const fieldOf = (error) => {
    const said = error.closest("[id$=-errors]")?.id;
    return (
      (said && document.querySelector(`[aria-describedby~="${said}"]`)) ||
      // A picture that was chosen has no field to write into, but a button that leads to it.
      [FIELD, ".chooser button"]
        .map((field) => error.closest("[data-contentpath], .w-panel")?.querySelector(field))
        .find(Boolean)
    );
  };
  const showFirstError = () => {
    const error = editor()?.querySelector(".error-message");
    if (!error) return;
    const panel = error.closest("[role=tabpanel]");
    if (panel?.hidden) document.querySelector(`[role=tab][href="#${panel.id}"]`)?.click();
    // The tab is shown in the next frame.
    requestAnimationFrame(() => {
      // Not smoothly, as Wagtail's style sheet has it: setting the focus would end that at its start.
      error.scrollIntoView({ block: "center", behavior: "instant" });
      fieldOf(error)?.focus({ preventScroll: true });
    });
  };
  // Blocks show theirs when Wagtail's scripts have made them.
  window.addEventListener("load", () => setTimeout(showFirstError));

  // --- A title is one line, however many it fills -------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("textarea[name=title]")) event.preventDefault();
  });

  // --- Counting letters -------------------------------------------------------------------------
  const NEAR = 0.8; // of the limit: from here on it is said how many are left
  const count = (field) => {
    const limit = Number(field.dataset.lengthLimit);
    const left = limit - field.value.trim().length;
    let box = field.parentElement.querySelector(":scope > .length-left");
    if (left > limit * (1 - NEAR)) {
      box?.remove();
      return;
    }
    if (!box) {
      box = document.createElement("p");
      box.className = "length-left help";
      box.setAttribute("role", "status");
      field.after(box);
    }
    box.textContent =
      left >= 0
        ? someLeft.replace("#", left)
        : tooMany.replace("#", -left);
  };
  const selector = "[data-length-limit]";
  document.addEventListener("input", ({ target }) => {
    if (target.matches?.(selector)) count(target);
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(selector).forEach(count);
  });
})();
