/* Wagtail's date picker (jQuery plugin datetimepicker) writes today over what it cannot read, and
   3 March over 31.02., as soon as a field is left. What was typed stays; the server reads it
   (cms/formats/de) or says at the field why it cannot. */
{
  jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

  // Choosing a time keeps the day that was typed: only a day that exists, ISO spelling too.
  const parse = DateFormatter.prototype.parseDate;
  DateFormatter.prototype.parseDate = function (value, format) {
    if (typeof value !== "string" || !format.startsWith("d.m.Y")) {
      return parse.call(this, value, format);
    }
    const text = value.trim().replace(/^(\d{4})-(\d\d?)-(\d\d?)T?/, "$3.$2.$1");
    const typed = text.match(/^(\d\d?)\.\s*(\d\d?)\.\s*\d/);
    const date = typed && parse.call(this, text.replace(/\.\s+/g, "."), format);
    const exists = date && date.getDate() === +typed[1] && date.getMonth() + 1 === +typed[2];
    return exists ? date : null;
  };
}
