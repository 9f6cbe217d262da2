from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0001_findings'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClusterRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('snapshot', models.PositiveIntegerField()),
                ('last_year', models.PositiveSmallIntegerField(help_text='the last of the years counted together')),
                ('parameters', models.JSONField(help_text='name -> value, of method, weights and places')),
                ('parameters_digest', models.CharField(help_text='SHA-256 of the parameters', max_length=64)),
                ('input_digest', models.CharField(help_text='SHA-256 of the places with their weights', max_length=64)),
                ('clusters', models.JSONField(help_text='heaviest first: codes of its districts, weight, middle in degrees')),
                ('result_digest', models.CharField(help_text='SHA-256 of the clusters', max_length=64)),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-snapshot', '-kept_at'),
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'last_year', 'parameters_digest'), name='monitoring_cluster_run_once')],
            },
        ),
    ]
