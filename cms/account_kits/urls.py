from django.urls import path

from cms.account_kits.views import AccountKitView

urlpatterns = [path("account-kit/", AccountKitView.as_view(), name="account_kit")]
