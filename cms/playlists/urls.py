from django.urls import path

from cms.playlists.views import ScreensView

urlpatterns = [path("screens/", ScreensView.as_view(), name="screens")]
