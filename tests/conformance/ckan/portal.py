"""A CKAN portal that harvests, inside this process.

The code is CKAN's, ckanext-harvest's and ckanext-dcat's own, from the first HEAD to the stored
dataset and what its API shows of it. Only what is around them is made smaller: the database is
SQLite in memory, nothing is indexed, and the two stages run here instead of in two queues.
"""

import logging

import sqlalchemy
from ckan import model
from ckan.common import config, config_declaration
from ckan.lib import plugins
from ckan.lib.search import SearchError, index, query
from ckan.model import meta
from ckan.plugins import toolkit
from ckanext.dcat.harvesters.rdf import DCATRDFHarvester
from ckanext.harvest.model import (
    HarvestGatherError,
    HarvestJob,
    HarvestObject,
    HarvestObjectError,
    HarvestSource,
)

BYTES = 1024 * 1024 * DCATRDFHarvester.DEFAULT_MAX_FILE_SIZE_MB


class NoIndex:
    """CKAN takes what it needs from its own store when there is no index to ask."""

    def search(self, **_):
        raise SearchError("nothing is indexed here")

    def change(self, **_):
        pass

    add = delete = commit = change


def set_up():
    """What CKAN does when it starts, as far as it needs no other program."""
    config_declaration.setup()
    config_declaration.make_safe(config)
    config_declaration.normalize(config)
    config.update({
        "ckan.site_id": "conformance",
        "ckan.auth.create_unowned_dataset": True,
        "ckan.views.default_views": [],
    })
    plugins.register_package_plugins()
    index.make_connection = query.make_connection = lambda **_: NoIndex()
    logging.getLogger("ckan").setLevel(logging.ERROR)


set_up()


class Harvester(DCATRDFHarvester):
    """The harvester, writing down what it fetched."""

    _user_name = "harvest"

    def _get_content_and_type(self, url, *arguments, **named):
        content, kind = super()._get_content_and_type(url, *arguments, **named)
        self.fetched.append((url, kind, len((content or "").encode())))
        return content, kind


class Harvest:
    """What one run of a harvest did: pages, datasets found, datasets deleted, errors."""

    def __init__(self, fetched, guids, deleted, errors):
        self.fetched, self.guids, self.deleted, self.errors = fetched, guids, deleted, errors


class Portal:
    """Only the portal made last can be used: CKAN keeps its store and settings globally."""

    def __init__(self, locale, profile=None):
        config["ckan.locale_default"] = locale
        # None is what ckanext-dcat uses when nothing is set.
        config["ckanext.dcat.rdf.profiles"] = profile
        model.init_model(sqlalchemy.create_engine("sqlite://",
                                                  poolclass=sqlalchemy.pool.StaticPool))
        sqlalchemy.event.listen(meta.engine, "before_cursor_execute", statement, retval=True)
        with meta.engine.begin() as connection:
            # SQLite needs no types, and CKAN's are PostgreSQL's.
            for table in meta.metadata.tables.values():
                columns = ", ".join(f'"{column.name}"' for column in table.columns)
                connection.exec_driver_sql(f'CREATE TABLE "{table.name}" ({columns})')
        self.source = HarvestSource(url="", type="dcat_rdf")
        self.source.save()
        meta.Session.add(model.Package(id=self.source.id, name="source", type="harvest"))
        meta.Session.commit()

    def harvest(self, url):
        self.source.url = url
        job = HarvestJob(source=self.source)
        job.save()
        harvester = Harvester()
        harvester.fetched = []
        found = [meta.Session.get(HarvestObject, key) for key in harvester.gather_stage(job)]
        deleted = {one.guid for one in found
                   if any(extra.key == "status" and extra.value == "delete"
                          for extra in one.extras)}
        for one in found:
            harvester.import_stage(one)
        errors = [error.message for kind in (HarvestGatherError, HarvestObjectError)
                  for error in meta.Session.query(kind)]
        for kind in (HarvestGatherError, HarvestObjectError):
            meta.Session.query(kind).delete()
        meta.Session.commit()
        guids = [one.guid for one in found if one.guid not in deleted]
        return Harvest(harvester.fetched, guids, deleted, errors)

    def shown(self):
        """What the API's package_show answers of every dataset that is not deleted, by guid."""
        found = {}
        for package in meta.Session.query(model.Package).filter_by(type="dataset", state="active"):
            dataset = toolkit.get_action("package_show")(
                {"ignore_auth": True, "user": "harvest"}, {"id": package.id})
            found[extras(dataset)["guid"]] = dataset
        return found


def extras(dataset):
    return {extra["key"]: extra["value"] for extra in dataset["extras"]}


def statement(connection, cursor, sql, parameters, context, many):
    # The one statement of the harvester that SQLite has no word for; nothing is constrained.
    return ("SELECT 1" if sql.startswith("SET CONSTRAINTS") else sql), parameters
