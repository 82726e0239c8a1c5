/* Where a picture is uploaded, asks which part of a portrait is seen at the top of a page, and shows
   that part. The answer is Wagtail's focal point. Without it, the part with the head is kept. */
(() => {
  const { ask, higher, lower } = document.currentScript.dataset;
  const CROP = 8 / 5; // as in cms/templatetags/pictures.py
  const HEAD = 0.2;
  const STEPS = 4;
  const FOCUS = "input[name$=focal_point_";
  const field = (form, name) => form.querySelector(`${FOCUS}${name}]`);

  const element = (tag, values) => Object.assign(document.createElement(tag), values);

  const focus = (form, picture, step) => {
    const { naturalWidth: width, naturalHeight: height } = picture;
    const visible = width / height / CROP;
    const middle = visible / 2 + (step / STEPS) * (1 - visible);
    const size = Math.round((visible * height) / 2);
    const point = { x: width / 2, y: middle * height, width: size, height: size };
    Object.entries(point).forEach(([name, value]) => (field(form, name).value = Math.round(value)));
  };

  const show = (form, input, picture) => {
    const visible = picture.naturalWidth / picture.naturalHeight / CROP;
    const usual = Math.min(Math.max((HEAD - visible / 2) / (1 - visible), 0), 1);
    const first = Math.round(usual * STEPS);
    const box = element("fieldset", { className: "picture-ask" });
    const slider = element("input", { type: "range", min: 0, max: STEPS, value: first });
    slider.setAttribute("aria-label", ask);
    const line = element("div", { className: "picture-ask__slider" });
    line.append(element("span", { textContent: higher }), slider, element("span", { textContent: lower }));
    const crop = () => (picture.className = `picture-crop crop-y-${slider.value}`);
    slider.addEventListener("input", () => {
      crop();
      focus(form, picture, Number(slider.value));
    });
    picture.alt = "";
    crop();
    box.append(element("legend", { textContent: ask }), picture, line);
    (input.closest("[data-field-wrapper], .w-field__wrapper") || input).after(box);
  };

  document.addEventListener("change", ({ target: input }) => {
    const form = input.matches?.("input[type=file]") && input.form;
    // The page of a picture has Wagtail's own.
    if (!form || !field(form, "x") || document.querySelector(".focal-point-chooser")) return;
    form.querySelector(".picture-ask")?.remove();
    form.querySelectorAll(`${FOCUS}x], ${FOCUS}y], ${FOCUS}width], ${FOCUS}height]`).forEach(
      (hidden) => (hidden.value = ""),
    );
    const [file] = input.files;
    if (!file) return;
    const picture = new Image();
    picture.onload = () => {
      URL.revokeObjectURL(picture.src);
      if (input.files[0] === file && picture.naturalWidth < picture.naturalHeight)
        show(form, input, picture);
    };
    picture.onerror = () => URL.revokeObjectURL(picture.src);
    picture.src = URL.createObjectURL(file);
  });
})();
