"""What leads through the site on every page: menus, breadcrumbs, language links."""
