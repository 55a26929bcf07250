from django import template

from cms.accounts.languages import language_name

register = template.Library()
register.filter(language_name)
