from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('navigation', '0002_expansions'),
    ]

    operations = [
        migrations.CreateModel(
            name='PatentMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('patent_id', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('standard', 'STANDARD'), ('litigation', 'LITIGATION')], max_length=16)),
                ('reference', models.CharField(help_text='number of the standard, or of the case', max_length=200)),
                ('source', models.CharField(help_text='where it is written: declaration list, court', max_length=200)),
                ('author_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['kind', 'patent_id', 'reference'],
                'constraints': [models.UniqueConstraint(fields=('patent_id', 'kind', 'reference'), name='navigation_mark_once')],
            },
        ),
        migrations.AddField(
            model_name='edition',
            name='said',
            field=models.JSONField(default=dict, help_text='what the analysts said when it was published: section -> text, author, instant'),
        ),
    ]
