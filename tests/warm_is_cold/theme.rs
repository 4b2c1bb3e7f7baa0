//! A theme that looks at what templates can see in every way that templates have, so that a look that is not recorded shows.

/// The theme's files by path. Each must be there, since this theme extends none.
pub const FILES: &[(&str, &str)] = &[
    ("theme.toml", "name = \"looks\"\n[settings]\naccent = \"red\"\n"),
    (
        "strings/en.toml",
        "skip = \"Skip\"\nitems = { one = \"{count} item\", other = \"{count} items\" }\ntopics = \"Topics\"\na_z = \"A to Z\"\nsearch = \"Search\"\nnot_found_title = \"Lost\"\ndate_in_full = \"{day} {month} {year}\"\n",
    ),
    (
        "strings/ur.toml",
        "skip = \"X\"\nitems = { other = \"{count} u\" }\ntopics = \"T\"\na_z = \"A\"\nsearch = \"S\"\nnot_found_title = \"L\"\n",
    ),
    ("assets/site.css", "body { color: red }\n"),
    (
        "templates/head.html",
        "{{ t('skip') }} {{ view.title }} {{ view.url }} {{ asset('site.css') }} {{ url('/a-z/') }} {{ site.title }}{% for topic in site.topics %} {{ topic.title }}={{ topic.articles }}{% endfor %}{% for crumb in view.breadcrumbs %}/{{ crumb.title }}{% endfor %}{% for other in view.translations %}+{{ other.code }}{% endfor %}\n",
    ),
    (
        "templates/item.html",
        "[{{ item.title }}|{{ item.url }}|{{ item.description }}|{{ item.minutes }}|{% for topic in item.topics %}{{ topic.title }},{% endfor %}{{ item.date and item.date|date }}]\n",
    ),
    (
        "templates/shared.html",
        "{{ name }} {{ of.minutes }} {{ site.title }} {{ t('skip') }}{% for topic in site.topics %} {{ topic.title }}={{ topic.letters }}{% endfor %}\n",
    ),
    (
        "templates/article.html",
        "{% include 'head.html' %}{% for part in page.parts %}{% if part.letter %}{{ part.title }}: {{ part.letter.letter.html }}{% else %}{{ part.html }}{% endif %}{% endfor %}{{ view.section }}{% for item in page.related %}{{ shared('item.html', item=item) }}{% endfor %}{{ page.previous and page.previous.title }}<{{ page.next and page.next.title }}{% for letter in page.letters[:2] %}{{ letter.title }}{% endfor %}{{ page.toc|length }}{% for heading in page.toc %}#{{ heading.title }}{% endfor %}{{ page.authors|map(attribute='name')|join(', ') }}{{ page.tags|map(attribute='name')|sort|join(',') }}\n",
    ),
    (
        "templates/letter.html",
        "{% include 'head.html' %}{{ page.letter.html }}{{ page.letter.guidance }}{% for field in page.letter.fields %}{{ field.label }}:{{ field.type }};{% endfor %}{% for item in page.articles %}{% include 'item.html' %}{% endfor %}{{ page.files.txt }}\n",
    ),
    (
        "templates/page.html",
        "{% include 'head.html' %}{{ shared('shared.html', name=page.title, of=page) }}{% for part in page.parts %}{{ part.html }}{% endfor %}{{ page is defined }}{{ page.nothing is defined }}\n",
    ),
    (
        "templates/home.html",
        "{% include 'head.html' %}{{ content }}{{ shared('item.html', items=newest) }}{{ newest_letters|tojson }}{% for section in site.sections %}{{ section.title }}{% endfor %}{% for topic in site.featured_topics %}{{ topic.title }}: {{ topic.top|map(attribute='title')|join(', ') }} {{ topic.latest }}{% endfor %}\n",
    ),
    (
        "templates/section.html",
        "{% include 'head.html' %}{{ listing.total }} {{ t('items', count=listing.total) }}{% for item in listing['items']|sort(attribute='title') %}{% include 'item.html' %}{% endfor %}{% for page in listing.pages %}{{ page.number }}{% endfor %}{{ (listing['items']|first or {}).title }} {{ (listing['items']|last or {}).title }}\n",
    ),
    (
        "templates/letters.html",
        "{% include 'head.html' %}{% for group in listing.groups %}{{ group.topic and group.topic.title }}{% for item in group['items'] %}{% include 'item.html' %}{% endfor %}{% endfor %}\n",
    ),
    (
        "templates/topic.html",
        "{% include 'head.html' %}{{ listing.topic.content }}{% for kind, items in listing['items']|groupby('kind') %}{{ kind }}: {{ items|length }} {{ items|map(attribute='title')|join(', ') }}{% endfor %}{{ listing['items']|selectattr('image')|list|length }}\n",
    ),
    (
        "templates/topics.html",
        "{% include 'head.html' %}{{ content }}{% for row in site.topics|batch(2) %}{% for topic in row %}{{ topic.title }} {{ topic.letters }}{% endfor %};{% endfor %}\n",
    ),
    (
        "templates/tag.html",
        "{% include 'head.html' %}{{ listing.tag }}{{ listing['items']|map(attribute='language')|unique|join(',') }}{% for item in listing['items'] %}{% include 'item.html' %}{% endfor %}\n",
    ),
    (
        "templates/a-z.html",
        "{% include 'head.html' %}{% for group in groups %}{{ group.initial }}{% for item in group['items'] %}{{ item.title }}{% endfor %}{% endfor %}\n",
    ),
    ("templates/search.html", "{% include 'head.html' %}{{ site.search_index }}\n"),
    ("templates/404.html", "{% include 'head.html' %}{{ site.today }}\n"),
    ("templates/redirect.html", "{{ to }} {{ to_permalink }}\n"),
    (
        "templates/feed.xml",
        "{{ feed.title }} {{ feed.updated }}{% for item in feed['items'] %}{{ item.title }}{{ item.html }}{% endfor %}\n",
    ),
    ("templates/_nginx.conf", "{{ redirects|tojson }}\n"),
    ("templates/htaccess", "{% for redirect in redirects %}{{ redirect.pattern }} {{ redirect.to }}\n{% endfor %}\n"),
    ("templates/_s3-routing-rules.json", "{{ redirects|selectattr('is_folder')|map(attribute='key')|list|tojson }}\n"),
    ("templates/opensearch.xml", "{{ site.title }} {{ url('/search/')|absolute }}\n"),
    ("templates/site.webmanifest", "{{ site.title|tojson }}\n"),
    ("templates/feed.json", "{{ feed|tojson }}\n"),
    (
        "templates/sitemap.xml",
        "{% for entry in entries %}{{ entry.permalink }} {{ entry.updated }}{{ entry.alternates|length }}\n{% endfor %}",
    ),
    ("templates/robots.txt", "{{ '/sitemap.xml'|absolute }}\n"),
    ("templates/_headers", "/*\n"),
    ("templates/_redirects", "{% for redirect in redirects %}{{ redirect.from }} {{ redirect.to }}\n{% endfor %}"),
];
