from django.urls import path

from cms.packages import views

urlpatterns = [
    path("", views.TodayView.as_view(), name="today"),
    path("campaigns/", views.CampaignsView.as_view(), name="campaigns"),
    path("campaigns/<slug:slug>/", views.CampaignView.as_view(), name="campaign"),
    path("d/<int:edition>/<str:placement>/", views.DesignView.as_view(), name="design"),
    path("d/<int:edition>/<str:placement>/clip/", views.DesignView.as_view(), {"animated": True}, name="design_clip"),
    path("packages/", views.PackagesView.as_view(), name="packages"),
    path("packages/new/", views.NewPackageView.as_view(), name="new_package"),
    path("packages/<int:pk>/", views.PackageView.as_view(), name="package"),
    path("language/", views.LanguageView.as_view(), name="language"),
]
