"""Every address of the site. There is none for media folders: files have the gate."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from wagtail.admin import urls as admin_urls
from wagtail.admin.auth import require_admin_access

from cms.accounts.account import PlainAccountView
from cms.links.views import follow
from cms.variants.gate import gate

urlpatterns = [
    path("admin/account/", require_admin_access(PlainAccountView.as_view())),
    path("admin/", include(admin_urls)),
    path("files/<path:key>", gate, name="file"),
    path("q/<str:code>", follow, name="follow"),
    path(
        "login/", LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True), name="login"
    ),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("", include("cms.account_kits.urls")),
    path("", include("cms.playlists.urls")),
    path("", include("cms.packages.urls")),
]
