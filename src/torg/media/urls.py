"""Addresses of the media library."""

from django.urls import path

from torg.media.views import acts, consents, library, take_downs

app_name = "media"
urlpatterns = [
    path("", library.index, name="index"),
    path("new/", library.new, name="new"),
    path("consents/", consents.register, name="consents"),
    path("consents/new/", consents.new, name="consent-new"),
    path("consents/<uuid:consent_id>/", consents.consent, name="consent"),
    path("consents/<uuid:consent_id>/proof/", consents.proof, name="proof"),
    path("consents/<uuid:consent_id>/withdrawal/", consents.withdrawal, name="withdrawal"),
    path("take-downs/", take_downs.index, name="take-downs"),
    path("take-downs/<uuid:take_down_id>/done/", take_downs.done, name="take-down-done"),
    path("take-downs/<uuid:take_down_id>/staying/", take_downs.staying, name="take-down-staying"),
    path("routine/", take_downs.routine, name="routine"),
    path("<uuid:medium_id>/", library.medium, name="medium"),
    path("<uuid:medium_id>/original/", library.original, name="original"),
    path("<uuid:medium_id>/thumbnail/", library.thumbnail, name="thumbnail"),
    path("<uuid:medium_id>/poster/", acts.poster, name="poster"),
    path("<uuid:medium_id>/sizes/", acts.sizes, name="sizes"),
    path("<uuid:medium_id>/copy/", library.published, name="copy"),
    path("<uuid:medium_id>/focus/", acts.focus, name="focus"),
    path("<uuid:medium_id>/depictions/", acts.depictions, name="depictions"),
    path("<uuid:medium_id>/captions/", acts.captions, name="captions"),
    path("<uuid:medium_id>/alt-texts/", acts.alt_texts, name="alt-texts"),
    path("<uuid:medium_id>/setting-aside/", acts.setting_aside, name="setting-aside"),
    path("<uuid:medium_id>/return/", acts.return_to_use, name="return"),
    path("<uuid:medium_id>/deletion/", acts.deletion, name="deletion"),
]
